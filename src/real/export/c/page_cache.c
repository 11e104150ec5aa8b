/* ---- Looking at the page cache without changing it ----------------------------------------------------------- */

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
