/* ---- The trace ------------------------------------------------------------------------------------------------- */

/* The random program runs; everything that was seen is written down as JSON. */

#include <sched.h>
#include <time.h>

static void put_view(FILE *to, const char *key, const char *what)
{
	long size = size_now();

	fprintf(to, ",\"%s\":{\"what\":\"%s\",\"size\":%ld", key, what, size);
	put_res(to);
	put_extents(to);
	read_contents(size);
	put_contents(to, size);
	fputc('}', to);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* A write can count where its pages are filled: stay on one CPU. */
static void stay_here(void)
{
	cpu_set_t set;
	int cpu = sched_getcpu();

	CPU_ZERO(&set);
	CPU_SET(cpu < 0 ? 0u : (unsigned int)cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

int main(int argc, char **argv)
{
	char *text = NULL;
	size_t length = 0;
	double start = now();
	struct cache_counts count;
	FILE *to;

	if (argc != 4) {
		printf("usage: %s /MOUNTED/XFS/NEWFILE TRACE.json SEED\n", argv[0]);
		return SETUP;
	}
	seed = random_state = strtoull(argv[3], NULL, 10);
	begin(argv[1]);
	has_cachestat = cachestat(0, PAGE, &count) == 0;
	stay_here();
	ops = open_memstream(&text, &length);
	must(ops != NULL, "open_memstream");
	for (int i = 0; i < OPS; i++) {
		alarm(LIMIT_SECONDS);
		random_op(i);
		fputs(i + 1 < OPS ? ",\n" : "\n", ops);
	}
	fclose(ops);

	to = fopen(argv[2], "w");
	must(to != NULL, argv[2]);
	fprintf(to, "{\"v\":1,\"kernel\":\"%s\",\"bs\":%d,\"seed\":%llu,\"mode\":\"%s\",\"wstop_pct\":%d,\"hash_every\":1"
		",\"max\":%d,\"page\":%d", KERNEL, BLOCK, seed, SMALL ? "small" : "any", WSTOP_PERCENT, MAX, PAGE);
	put_view(to, "final", "page cache");
	must(fsync(fd) == 0, "fsync");
	evict(0, size_now());
	put_view(to, "disk", "after fsync and full eviction");
	if (memcmp(shadow, contents, bytes(size_now())) && leak_bytes == 0)
		mismatches++;
	fprintf(to, ",\"mismatches\":%d,\"first_bad_op\":%d,\"size_quirks\":%d,\"leak_ops\":%d,\"leak_bytes\":%ld,"
		"\"cachestat\":%d,\"dontcache\":0,\"seconds\":%f,\"ops\":[\n%s]}\n", mismatches, first_bad, size_quirks,
		leak_ops, leak_bytes, has_cachestat, now() - start, text);
	must(fclose(to) == 0, "write trace");
	leave(RIGHT);
}
