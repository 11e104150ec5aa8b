/* ---- The random program ------------------------------------------------------------------------------------------ */

static void random_stop(int i)
{
	static const int counts[] = { 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5 };
	struct inner inner[8];
	long off = some_offset(MAX), span = 1 + below(4 * PAGE);
	struct range range = { off, min(span, MAX - off) };
	long first = range.off / PAGE, last = (range.off + range.len - 1) / PAGE;
	int pages = (int)(last - first + 1), inners = counts[below(sizeof(counts) / sizeof(counts[0]))], n = 0;
	int k = below(3) == 0 ? 0 : (int)min(below(pages), 3), fails = below(3) == 0;

	while (inners-- > 0) {
		char kind = "ssssseeeeemmmmmff"[below(17)];
		long page = (first + below(pages)) * PAGE, len = PAGE;

		if (kind == 'm') {
			page = first * PAGE + below(pages * PAGE);
			len = min(1 + below(512), min((last + 1) * PAGE, size_now()) - page);
			if (len <= 0)
				continue;	/* stores lie below EOF */
		} else if (kind != 'f' && below(8) == 0) {
			page = first * PAGE;
			len = pages * PAGE;
		}
		inner[n++] = (struct inner){ kind, page, kind == 'f' ? 0 : len };
	}
	stopped_write(i, range.off, range.len, k, fails, inner, n);
}

static void random_write(int i)
{
	struct range range = range_of_data();
	long good = range.len;
	int value = value_of(i), err, is_short = below(6) == 0;
	ssize_t ret;

	if (is_short) {
		good = below(2) ? below(range.len) / GRAIN * GRAIN : some_offset(range.len);
		poison_free_pages();
	}
	ret = short_write(range.off, range.len, good, value, &err);
	put_op(i, is_short ? "swrite" : "pwrite", range.off, range.len);
	if (is_short)
		fprintf(ops, ",\"good\":%ld", good);
	fprintf(ops, ",\"c\":%d", value);
	put_result(ret, err);
	wrote(range.off, range.off + max(ret, 0), value);
	observe(i, 1, ret < range.len ? range.off + max(ret, 0) : -1, range.off + range.len);
}

static void random_store(int i)
{
	struct range range = range_of_data();

	range.len = max(0, min(range.len, shadow_size - range.off));
	if (range.len == 0)
		range.off = 0;
	if (!SMALL)
		range.len = min(range.len, 2 * PAGE);
	store_bytes(range.off, range.len, value_of(i));
	put_op(i, "mstore", range.off, range.len);
	fprintf(ops, ",\"c\":%d", value_of(i));
	set_bytes(range.off, range.off + range.len, value_of(i));
	observe(i, 1, -1, -1);
}

static void random_allocate(int i, int mode, const char *name)
{
	struct range range = range_up_to(mode ? 3 * PAGE : 4 * PAGE);
	int keeps = mode != FALLOC_FL_PUNCH_HOLE && mode != FALLOC_FL_WRITE_ZEROES, err;
	int keep = mode == FALLOC_FL_PUNCH_HOLE || (keeps && below(2));
	long end = range.off + range.len;

	err = fallocate(fd, mode | (keep ? FALLOC_FL_KEEP_SIZE : 0), range.off, range.len) ? errno : 0;
	put_op(i, name, range.off, range.len);
	if (keeps)
		fprintf(ops, ",\"keep\":%d", keep);
	fprintf(ops, ",\"err\":%d", err);
	if (!err && mode && mode != FALLOC_FL_UNSHARE_RANGE)
		set_bytes(range.off, min(end, shadow_size), 0);
	if (!err && !keep)
		shadow_size = max(shadow_size, end);
	observe(i, 1, -1, -1);
}

/* Whole blocks; without room to collapse it inserts, without room to insert it does so behind the end, which is refused. */
static void random_move(int i, int up)
{
	long size = shadow_size, blocks = (size - 1) / BLOCK, off, len;
	int err;

	up = up || blocks < 2;
	off = below(max(1, blocks - 1)) * BLOCK;
	len = (1 + below(4)) * BLOCK;
	if (!up && below(8) == 0)
		len = (blocks + 1) * BLOCK - off;	/* not before the end: refused, and perhaps flushed before */
	else if (!up)
		len = min(len, blocks * BLOCK - off);
	else if (size + len > MAX)
		off = MAX;
	err = fallocate(fd, up ? FALLOC_FL_INSERT_RANGE : FALLOC_FL_COLLAPSE_RANGE, off, len) ? errno : 0;
	put_op(i, up ? "insert" : "collapse", off, len);
	fprintf(ops, ",\"err\":%d", err);
	if (!err && up) {
		memmove(shadow + off + len, shadow + off, bytes(size - off));
		memmove(masked + off + len, masked + off, bytes(size - off));
		set_bytes(off, off + len, 0);
		shadow_size += len;
	} else if (!err) {
		memmove(shadow + off, shadow + off + len, bytes(size - off - len));
		memmove(masked + off, masked + off + len, bytes(size - off - len));
		set_bytes(size - len, size, 0);
		shadow_size -= len;
	}
	observe(i, 1, -1, -1);
}

static void random_append(int i)
{
	long size = shadow_size, len = min((1 + below(6)) * (BLOCK / 4), MAX - size);
	int flags = fcntl(fd, F_GETFL), value = value_of(i), err;
	char *data = malloc(MAX);
	ssize_t ret;

	must(data != NULL, "malloc");
	memset(data, value, MAX);
	must(fcntl(fd, F_SETFL, flags | O_APPEND) == 0, "fcntl");
	ret = write(fd, data, bytes(len));
	err = ret < 0 ? errno : 0;
	must(fcntl(fd, F_SETFL, flags) == 0, "fcntl");
	free(data);
	fprintf(ops, "{\"i\":%d,\"op\":\"append\",\"len\":%ld,\"c\":%d", i, len, value);
	put_result(ret, err);
	wrote(size, size + max(ret, 0), value);
	observe(i, 1, -1, -1);
}

static void random_truncate(int i)
{
	long size = below(3) == 0 ? MAX : max(some_offset(MAX + 1), some_offset(MAX + 1));
	int err = ftruncate(fd, size) ? errno : 0;

	fprintf(ops, "{\"i\":%d,\"op\":\"trunc\",\"size\":%ld,\"err\":%d", i, size, err);
	if (!err) {
		set_bytes(size, MAX, 0);
		shadow_size = size;
	}
	observe(i, 0, -1, -1);
}

static void random_sync(int i, int evicts)
{
	struct range range = range_up_to(evicts ? 6 * PAGE : 4 * PAGE);
	int err = (evicts ? evict_range : sync_range)(range.off, range.len);

	put_op(i, evicts ? "evict" : "sfr", range.off, range.len);
	fprintf(ops, ",\"err\":%d", err);
	observe(i, 1, -1, -1);
}

/* msync() or madvise() of pages that are mapped for it, and which nothing has been stored into. */
static void random_mapped(int i, int syncs)
{
	long page = below(PAGES) * PAGE, len = min((1 + below(4)) * PAGE, MAX - page);
	char *map = mmap(NULL, bytes(len), PROT_READ | PROT_WRITE, MAP_SHARED, fd, page);
	int err;

	must(map != MAP_FAILED, "mmap");
	err = (syncs ? msync(map, bytes(len), MS_SYNC) : madvise(map, bytes(len), MADV_DONTNEED)) ? errno : 0;
	munmap(map, bytes(len));
	put_op(i, syncs ? "msync" : "madvise", page, len);
	fprintf(ops, ",\"err\":%d", err);
	observe(i, 1, -1, -1);
}

/* Somebody else's description. */
static void random_close(int i)
{
	int other = open(path, O_RDWR | O_CLOEXEC), err;

	must(other >= 0, path);
	err = close(other) ? errno : 0;
	sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WAIT_BEFORE);	/* what it has started, and does not wait for */
	fprintf(ops, "{\"i\":%d,\"op\":\"close\",\"err\":%d", i, err);
	observe(i, 1, -1, -1);
}

/* To somewhere that does not overlap. */
static void random_copy(int i)
{
	struct range range = range_up_to(6 * PAGE);
	off_t from = range.off, to = some_offset(MAX - range.len + 1), at = to;
	ssize_t ret;
	int err;

	if (to < from + range.len && to + range.len > from) {
		range.len = max(GRAIN, range.len / (2 * GRAIN) * GRAIN);
		at = to = from + 2 * range.len <= MAX ? from + range.len : from - range.len;
	}
	if (to < 0)
		return random_append(i);
	ret = copy_file_range(fd, &from, fd, &at, bytes(range.len), 0);
	err = ret < 0 ? errno : 0;
	put_op(i, "copy_range", range.off, range.len);
	fprintf(ops, ",\"to\":%ld", (long)to);
	put_result(ret, err);
	if (ret > 0) {
		memmove(shadow + to, shadow + range.off, bytes(ret));
		memmove(masked + to, masked + range.off, bytes(ret));
		shadow_size = max(shadow_size, to + ret);
	}
	observe(i, 1, -1, -1);
}

/* Since 7.2 such a write wakes the flusher, which writes back what else it finds in the file, at a moment of its own. */
static int wakes_flusher(void)
{
	int major = 0, minor = 0;

	sscanf(KERNEL, "%d.%d", &major, &minor);
	return major * 1000 + minor >= 7002;
}

/* With RWF_DONTCACHE; what is written back is waited for, and dropped a moment after that. */
static void random_uncached(int i, int writes)
{
	struct range range = range_up_to(3 * PAGE);
	char *data = malloc(MAX);
	struct iovec piece = { data, bytes(range.len) };
	int value = value_of(i), err;
	ssize_t ret;

	must(data != NULL, "malloc");
	memset(data, value, MAX);
	ret = writes ? pwritev2(fd, &piece, 1, range.off, RWF_DONTCACHE) :
		preadv2(fd, &piece, 1, range.off, RWF_DONTCACHE);
	err = ret < 0 ? errno : 0;
	free(data);
	if (writes) {
		if (wakes_flusher())
			sync_range(0, 0);
		else
			sync_range(range.off / PAGE * PAGE, range.off % PAGE + range.len);
		for (int attempt = 0; attempt < 20 && ret > 0; attempt++)
			if (cached_pages(range.off / PAGE * PAGE, range.off + range.len) > 0)
				usleep(500);
	}
	put_op(i, writes ? "pwrite" : "pread", range.off, range.len);
	if (writes)
		fprintf(ops, ",\"c\":%d", value);
	fprintf(ops, ",\"dontcache\":1");
	if (writes && wakes_flusher())
		fprintf(ops, ",\"flusher\":1");
	put_result(ret, err);
	if (writes)
		wrote(range.off, range.off + max(ret, 0), value);
	observe(i, 1, -1, -1);
}

static void random_more(int i)
{
	long pick = below(100);

	if (pick < 38)
		random_move(i, below(2) == 1);
	else if (pick < 52)
		random_append(i);
	else if (pick < 58)
		random_allocate(i, FALLOC_FL_UNSHARE_RANGE, "unshare");
	else if (pick < 66)
		random_mapped(i, below(2) == 1);
	else if (pick < 72)
		random_close(i);
	else if (pick < 85)
		random_copy(i);
	else if (pick < 89)
		random_allocate(i, FALLOC_FL_WRITE_ZEROES, "write_zeroes");
	else
		random_uncached(i, pick < 96);
}

static void random_op(int i)
{
	long pick = below(100);

	if (below(100) < WSTOP_PERCENT)
		random_stop(i);
	else if (MORE_PERCENT && below(100) < MORE_PERCENT)
		random_more(i);
	else if (pick < 30)
		random_write(i);
	else if (pick < 44)
		random_store(i);
	else if (pick < 57)
		random_sync(i, 0);
	else if (pick < 70)
		random_sync(i, 1);
	else if (pick < 76)
		random_allocate(i, FALLOC_FL_PUNCH_HOLE, "punch");
	else if (pick < 82)
		random_truncate(i);
	else if (pick < 88)
		random_allocate(i, FALLOC_FL_ZERO_RANGE, "zero");
	else if (pick < 93)
		random_allocate(i, 0, "falloc");
	else {
		fprintf(ops, "{\"i\":%d,\"op\":\"fsync\",\"err\":%d", i, fsync(fd) ? errno : 0);
		observe(i, 1, -1, -1);
	}
}
