/* Compares what a load or a read in the middle of the race got. */
static void check_seen(const char *when, const struct promise *promise, int promises, const unsigned char *data,
		       off_t from, off_t got)
{
	off_t to = promise[promises - 1].to;
	int *actual = buffer(to * (off_t)sizeof(int));

	for (off_t at = from; at < to; at++)
		actual[at] = at - from < got ? data[at - from] : ABSENT;
	wrong_seen += judge(when, promise, promises, actual);
	free(actual);
}
