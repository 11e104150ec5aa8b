/* ---- Expected and actual ------------------------------------------------------------------------------------- */

/*
 * Each byte against what the operations promise: through the page cache, and again from disk after fsync and eviction.
 * An operation writes bytes of its own number, so a wrong byte names its origin.
 */

enum { ABSENT = 256 };	/* past EOF */
struct promise { off_t from, to; int count; int allowed[MAX_ALLOWED]; };

static const char *name_of(int value)
{
	static char text[32];

	if (value == ABSENT)
		return "past EOF";
	if (value < (int)(sizeof(names) / sizeof(names[0])))
		return names[value];
	snprintf(text, sizeof(text), "foreign byte 0x%02x", value);
	return text;
}

static int keeps(const struct promise *promise, int value)
{
	for (int i = 0; i < promise->count; i++)
		if (promise->allowed[i] == value)
			return 1;
	return 0;
}

static void print_expected(const struct promise *promise, int promises)
{
	for (int i = 0; i < promises; i++) {
		printf("%s 0x%llx..0x%llx ", i ? "," : "    expected", (long long)promise[i].from,
		       (long long)promise[i].to);
		for (int k = 0; k < promise[i].count; k++)
			printf("%s%s", k ? "|" : "", name_of(promise[i].allowed[k]));
	}
	printf("\n");
}

static long wrong_seen;	/* bytes, by loads and reads in the middle of the race */

/* Prints runs of equal bytes and returns how many bytes are not as promised. */
static long judge(const char *when, const struct promise *promise, int promises, const int *actual)
{
	long wrong = 0;
	const char *lead = "    actual  ";

	printf("  %s\n", when);
	print_expected(promise, promises);
	for (int i = 0; i < promises; i++) {
		for (off_t at = promise[i].from, end; at < promise[i].to; at = end) {
			int bad = !keeps(&promise[i], actual[at]);

			for (end = at; end < promise[i].to && actual[end] == actual[at]; end++)
				;
			printf("%s 0x%llx..0x%llx %s%s", lead, (long long)at, (long long)end,
			       name_of(actual[at]), bad ? " (WRONG)" : "");
			lead = ",";
			wrong += bad ? end - at : 0;
		}
	}
	printf("\n");
	return wrong;
}

static void *buffer(off_t length)
{
	void *memory = malloc(bytes(length) + 1);

	must(memory != NULL, "malloc");
	return memory;
}

static long check_read(const char *when, const struct promise *promise, int promises)
{
	off_t end = 0;
	unsigned char *data;
	int *actual;
	ssize_t got;
	long wrong;

	for (int i = 0; i < promises; i++)
		end = promise[i].to > end ? promise[i].to : end;
	data = buffer(end);
	actual = buffer(end * (off_t)sizeof(int));
	got = pread(fd, data, bytes(end), 0);
	must(got >= 0, "pread");
	for (off_t at = 0; at < end; at++)
		actual[at] = at < got ? data[at] : ABSENT;
	wrong = judge(when, promise, promises, actual);
	free(data);
	free(actual);
	return wrong;
}
