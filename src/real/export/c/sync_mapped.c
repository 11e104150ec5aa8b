/* msync() of each page that is mapped. */
static void sync_mapped(off_t from, off_t to)
{
	for (off_t at = from; at < to; at += within_page(at, to))
		must(msync(page_of(at), PAGE, MS_SYNC) == 0, "msync");
}
