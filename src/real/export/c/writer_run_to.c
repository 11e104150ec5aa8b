/*
 * To any stop, with everything before it written. Up to 6.5 one page is faulted in and written at a time: a missing
 * page k is a stop with everything before it written. Since 6.6 a chunk, at most up to the end of the map, is faulted
 * in before any of it is written. There the writer is made to come up short at k: the last byte of the first block at
 * k has a source page of its own, the bell. When k has been faulted in and the bell is missing, k is taken away again
 * and the bell supplied; the atomic copy ends at k, the writer commits what it has, and faults on k. With small
 * folios, or when the map was stale, one round brings it only nearer, so the page before k is looked at, without
 * touching it, and the round repeated.
 */

/* -1 no cachestat, 0 not cached, 1 cached, 2 cached and uptodate */
static int page_state(off_t page, int *dirty)
{
	struct cache_counts count;

	if (cachestat(page, page + PAGE, &count) != 0)
		return -1;
	*dirty = count.dirty + count.writeback > 0;
	return count.cache == 0 ? 0 : 1 + is_uptodate(page);
}

/* How it looks around the stop before the write goes there. */
struct before { off_t size; int dirty; };

static off_t file_size(void)
{
	struct stat stat;

	must(fstat(fd, &stat) == 0, "fstat");
	return stat.st_size;
}

static struct before look_before(off_t end)
{
	struct before then = { .size = file_size() };

	page_state((end - 1) / PAGE * PAGE, &then.dirty);
	return then;
}

/* Whether the write has got as far as this offset. A page that is not uptodate must not be read: that would fill it. */
static int written_before(off_t end, const struct before *then)
{
	off_t page = (end - 1) / PAGE * PAGE;
	int dirty, state = page_state(page, &dirty);
	volatile char *map;
	char byte;

	if (state < 0)
		return 1;	/* no cachestat: before 6.5, page by page */
	if (then->size < end)
		return file_size() >= end;
	if (state == 0 || !dirty)
		return 0;
	if (state == 1) {
		if (then->dirty)
			die(NO_STOP, "cannot tell how far %s got: a dirty page that is not uptodate", name_of(writer.id));
		return 1;
	}
	map = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, page);
	must(map != MAP_FAILED, "mmap");
	byte = map[(end - 1) % PAGE];
	munmap((void *)map, PAGE);
	return (unsigned char)byte == writer.id;
}

/* The atomic copy that comes next ends before this piece; the bell is the piece behind it. */
static void come_up_short(int piece)
{
	take_away(piece + 1);
	supply(piece);
	expect_event(piece + 1);
	take_away(piece);
	supply(piece + 1);
	expect_event(piece);
}

/* From the stop at writer.at to the one at a later piece. */
static void writer_run_to(int target)
{
	off_t offset = writer.piece[target].from;

	if (target > writer.at) {
		struct before then = look_before(offset);

		take_away(target);
		supply(writer.at);
		expect_event(target);
		for (int rounds = 0; !written_before(offset, &then); rounds++) {
			if (rounds > 2 * writer.pieces)
				die(NO_STOP, "%s does not get to 0x%llx", name_of(writer.id), (long long)offset);
			come_up_short(target);
		}
		writer.at = target;
	}
	printf("  %s stopped at 0x%llx\n", name_of(writer.id), (long long)offset);
}
