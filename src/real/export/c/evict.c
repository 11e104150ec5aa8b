/* ---- Operations ---------------------------------------------------------------------------------------------- */

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
