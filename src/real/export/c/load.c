/* A byte of each page, through the mapping. */
static void load(off_t from, off_t to)
{
	for (off_t at = from; at < to; at += within_page(at, to))
		(void)*(volatile char *)(page_of(at) + at % PAGE);
}
