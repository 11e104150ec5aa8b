/* Reads [from, to), of which nothing is to stay cached. */
static void read_uncached(off_t from, off_t to)
{
	struct iovec piece = { buffer(to - from), bytes(to - from) };

	must(preadv2(fd, &piece, 1, from, RWF_DONTCACHE) >= 0, "preadv2");
	free(piece.iov_base);
}
