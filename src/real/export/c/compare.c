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

static long wrong;	/* bytes, over all comparisons */

/* What was read: [from, from + got) of the file. */
struct seen { const unsigned char *data; off_t from, got; };

static int value_at(const struct seen *seen, off_t at)
{
	return at - seen->from < seen->got ? seen->data[at - seen->from] : ABSENT;
}

/* Prints runs of equal bytes, and counts those that are not as promised. */
static void judge(const char *when, const struct promise *promise, int promises, const struct seen *seen)
{
	const char *lead = "    actual  ";

	printf("  %s\n", when);
	print_expected(promise, promises);
	for (int i = 0; i < promises; i++) {
		for (off_t at = promise[i].from, end; at < promise[i].to; at = end) {
			int value = value_at(seen, at), bad = !keeps(&promise[i], value);

			for (end = at; end < promise[i].to && value_at(seen, end) == value; end++)
				;
			printf("%s 0x%llx..0x%llx %s%s", lead, (long long)at, (long long)end, name_of(value),
			       bad ? " (WRONG)" : "");
			lead = ",";
			wrong += bad ? end - at : 0;
		}
	}
	printf("\n");
}

static void *buffer(off_t length)
{
	void *memory = malloc(bytes(length) + 1);

	must(memory != NULL, "malloc");
	return memory;
}

/* Reads [from, to) and compares. */
static void check_read(const char *when, const struct promise *promise, int promises, off_t from, off_t to)
{
	unsigned char *data = buffer(to - from);
	ssize_t got = pread(fd, data, bytes(to - from), from);

	must(got >= 0, "pread");
	judge(when, promise, promises, &(struct seen){ data, from, got });
	free(data);
}
