/* Loads [from, to) from the mapped file and compares. */
static void check_load(const char *when, const struct promise *promise, int promises, off_t from, off_t to)
{
	unsigned char *data = buffer(to - from);

	for (off_t at = from; at < to; at += within_page(at, to))
		memcpy(data + (at - from), page_of(at) + at % PAGE, bytes(within_page(at, to)));
	judge(when, promise, promises, &(struct seen){ data, from, to - from });
	free(data);
}
