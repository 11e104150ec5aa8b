/* -1 no cachestat, 0 not cached, 1 cached, 2 cached and uptodate */
static int page_state(off_t page, int *dirty)
{
	struct cache_counts count;

	if (cachestat(page, page + PAGE, &count) != 0)
		return -1;
	*dirty = count.dirty + count.writeback > 0;
	return count.cache == 0 ? 0 : 1 + is_uptodate(page);
}
