/* ---- The page cache ------------------------------------------------------------------------------------------ */

struct cache_counts { unsigned long long cache, dirty, writeback, evicted, recently; };

/* Since 6.5. */
static int cachestat(off_t from, off_t to, struct cache_counts *count)
{
	unsigned long long range[2] = { (unsigned long long)from, bytes(to - from) };

	return (int)syscall(451, fd, range, count, 0);
}

static int is_uptodate(off_t page)
{
	unsigned char in_core = 0;
	void *map = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, page);

	must(map != MAP_FAILED && mincore(map, PAGE, &in_core) == 0, "mincore");
	munmap(map, PAGE);
	return in_core & 1;
}

/* Pages of [from, to) in the page cache: cachestat counts them all, mincore (before 6.5) those uptodate. */
static long cached_pages(off_t from, off_t to)
{
	struct cache_counts count;
	long pages = 0;

	if (cachestat(from, to, &count) == 0)
		return (long)count.cache;
	for (off_t at = from; at < to; at += PAGE)
		pages += is_uptodate(at);
	return pages;
}

/* Drops the clean pages that hold [from, to), and makes sure that they are gone. */
static void evict(off_t from, off_t to)
{
	from = from / PAGE * PAGE;
	to = (to + PAGE - 1) / PAGE * PAGE;
	if (from == to)
		return;
	unmap_pages(from, to);
	for (int attempt = 0; attempt < 100; attempt++) {
		posix_fadvise(fd, from, to - from, POSIX_FADV_DONTNEED);
		if (cached_pages(from, to) == 0)
			return;
		if (attempt % 20 == 19) {	/* a large folio that reaches over the range stays: drop all clean ones */
			int drop = open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC);

			if (drop >= 0 && write(drop, "1", 1) == 1 && cached_pages(from, to) == 0) {
				close(drop);
				return;
			}
			close(drop);
		}
		usleep(1000);
	}
	die(SETUP, "0x%llx..0x%llx is still cached: dirty, mapped or in use", (long long)from, (long long)to);
}
