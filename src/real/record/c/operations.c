/* ---- Operations ------------------------------------------------------------------------------------------------ */

/* What each does, what it should do to the bytes, and the comparison after it. */

static FILE *ops;		/* the text of "ops" */
static int mismatches, first_bad = -1, size_quirks, leak_ops;
static long leak_bytes;

static long min(long a, long b) { return a < b ? a : b; }
static long max(long a, long b) { return a > b ? a : b; }

static void set_bytes(long from, long to, int value)
{
	if (from >= to)
		return;
	memset(shadow + from, value, bytes(to - from));
	memset(masked + from, 0, bytes(to - from));
}

static void wrote(long from, long to, int value)
{
	set_bytes(from, to, value);
	if (from < to)
		shadow_size = max(shadow_size, to);
}

static int sync_range(long off, long len)
{
	return sync_file_range(fd, off, len, SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE |
			       SYNC_FILE_RANGE_WAIT_AFTER) ? errno : 0;
}

/* Written, then advised away: folios entirely inside go. One that I/O still holds on to for a moment gets three tries. */
static int evict_range(long off, long len)
{
	long from = off / PAGE * PAGE, to = (off + len + PAGE - 1) / PAGE * PAGE;
	long first = (off + PAGE - 1) / PAGE * PAGE, last = (off + len) / PAGE * PAGE;
	int err = sync_range(from, to - from);

	posix_fadvise(fd, off, len, POSIX_FADV_DONTNEED);
	for (int attempt = 0; attempt < 3 && first < last && cached_pages(first, last); attempt++) {
		usleep(500);
		posix_fadvise(fd, off, len, POSIX_FADV_DONTNEED);
	}
	return err;
}

static void store_bytes(long off, long len, int value)
{
	long start = off / PAGE * PAGE;
	char *map;

	if (len == 0)
		return;
	map = mmap(NULL, bytes(off + len - start), PROT_READ | PROT_WRITE, MAP_SHARED, fd, start);
	must(map != MAP_FAILED && madvise(map, bytes(off + len - start), MADV_RANDOM) == 0, "mmap");
	memset(map + (off - start), value, bytes(len));
	must(munmap(map, bytes(off + len - start)) == 0, "munmap");
}

/* Fresh page memory that nobody fills shows, where the kernel does not clear it. */
static void poison_free_pages(void)
{
	size_t length = 64 * PAGE;
	void *map = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (map == MAP_FAILED)
		return;
	memset(map, POISON, length);
	munmap(map, length);
}

/* len bytes of which the first good ones can be read. */
static ssize_t short_write(long off, long len, long good, int value, int *err)
{
	long pages = (good + PAGE - 1) / PAGE * PAGE;
	char *map = mmap(NULL, bytes(pages + MAX), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ssize_t ret;

	must(map != MAP_FAILED && munmap(map + pages, MAX) == 0, "source");
	memset(map, value, bytes(pages));
	ret = pwrite(fd, map + pages - good, bytes(len), off);
	*err = ret < 0 ? errno : 0;
	if (pages)
		munmap(map, bytes(pages));
	return ret;
}

/* How the entry of an operation starts. */
static void put_op(int i, const char *name, long off, long len)
{
	fprintf(ops, "{\"i\":%d,\"op\":\"%s\",\"off\":%ld,\"len\":%ld", i, name, off, len);
}

static void put_result(ssize_t ret, int err)
{
	fprintf(ops, ",\"ret\":%zd,\"err\":%d", ret, err);
}

/*
 * Bytes behind the end of a short copy, up to where it was to reach, that are not as before were never filled. A
 * store made at the stop is not that: if it is gone, it is lost.
 */
static void find_leak(long from, long to)
{
	long first = -1, last = -1;

	for (long at = from; at < to; at++)
		if (!masked[at] && !stored[at] && contents[at] != shadow[at]) {
			first = first < 0 ? at : first;
			last = at;
		}
	if (first < 0)
		return;
	for (long at = first; at <= last; at++)
		masked[at] |= !stored[at];
	fprintf(ops, ",\"leak\":[%ld,%ld]", first, last + 1 - first);
	leak_ops++;
	leak_bytes += last + 1 - first;
}

static void compare(int i, long size)
{
	long at;

	for (at = 0; at < size; at++)
		if (!masked[at] && contents[at] != shadow[at])
			break;
	if (at < size || size != shadow_size) {
		fprintf(ops, ",\"mismatch\":{\"at\":%ld,\"want\":%d,\"got\":%d,\"want_size\":%ld}", at,
			at < size ? shadow[at] : -1, at < size ? contents[at] : -1, shadow_size);
		mismatches++;
		first_bad = first_bad < 0 ? i : first_bad;
	}
	memcpy(shadow, contents, bytes(size));
	memset(shadow + size, 0, bytes(MAX - size));
	memset(masked + size, 0, bytes(MAX - size));
	shadow_size = size;
}

/* After an operation. short_at: where a failed copy ended, short_to: what it was to reach; -1 for the others. */
static void observe(int i, int put_size, long short_at, long short_to)
{
	long size = size_now(), wanted = shadow_size;

	if (put_size)
		fprintf(ops, ",\"size\":%ld", size);
	put_res(ops);
	put_extents(ops);
	read_contents(size);
	for (long at = 0; at < size; at++)
		if (instead[at] && contents[at] == instead[at])
			shadow[at] = instead[at];
	memset(instead, 0, MAX);
	if (short_at >= 0 && size > shadow_size) {
		memset(shadow + shadow_size, 0, bytes(size - shadow_size));
		shadow_size = size;
		size_quirks++;
	}
	if (short_at >= 0)
		find_leak(short_at, min(short_to, size));
	memset(stored, 0, MAX);
	put_contents(ops, size);
	if (wanted != shadow_size)
		fprintf(ops, ",\"size_quirk\":[%ld,%ld]", wanted, size);
	compare(i, size);
	fputc('}', ops);
}
