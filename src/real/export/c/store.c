/* Through the mapping. */
static void store(int id, off_t from, off_t to)
{
	for (off_t at = from; at < to; at += within_page(at, to))
		memset(page_of(at) + at % PAGE, id, bytes(within_page(at, to)));
}
