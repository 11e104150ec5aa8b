/* All of it, and nothing stays cached, or the program ends. */
static void write_uncached(int id, off_t from, off_t to)
{
	struct iovec piece = { buffer(to - from), bytes(to - from) };

	memset(piece.iov_base, id, piece.iov_len);
	must(pwritev2(fd, &piece, 1, from, RWF_DONTCACHE) == to - from, "pwritev2");
	free(piece.iov_base);
}
