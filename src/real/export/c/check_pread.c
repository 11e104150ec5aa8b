/* Reads [from, to) and compares. */
static void check_pread(const char *when, const struct promise *promise, int promises, off_t from, off_t to)
{
	unsigned char *data = buffer(to - from);
	ssize_t got;

	got = pread(fd, data, bytes(to - from), from);
	must(got >= 0, "pread");
	check_seen(when, promise, promises, data, from, got);
	free(data);
}
