/* ---- What can be observed -------------------------------------------------------------------------------------- */

/* Size, extents, residency and contents of the file, without changing what is cached. */

#include <linux/fiemap.h>
#include <linux/fs.h>

enum { PAGES = MAX / PAGE, POISON = 0xee };

static unsigned char contents[MAX];	/* as read */
static unsigned char shadow[MAX];	/* as it should be */
static unsigned char masked[MAX];	/* uninitialised, not compared */
static unsigned char stored[MAX];	/* by a store at a stop */
static unsigned char instead[MAX];	/* as right as shadow; 0 none */
static long shadow_size;
static int has_cachestat;

/* Of operation i: never 0, and never the poison; inner stores have 128 more. */
static int value_of(int i)
{
	return 1 + i % 100;
}

static const char *name_of(int value)
{
	return value < 128 ? "the write" : "a store";
}

static long size_now(void)
{
	struct stat stat;

	must(fstat(fd, &stat) == 0, "fstat");
	return stat.st_size;
}

/* One letter per page. */
static void put_res(FILE *to)
{
	fprintf(to, ",\"res\":\"");
	for (off_t page = 0; page < MAX; page += PAGE) {
		struct cache_counts count;

		if (cachestat(page, page + PAGE, &count) != 0)
			fputc(is_uptodate(page) ? '1' : '0', to);
		else if (count.cache == 0)
			fputc('.', to);
		else if (is_uptodate(page))
			fputc(count.dirty ? 'd' : 'c', to);
		else
			fputc(count.dirty ? 'q' : 'p', to);
	}
	fputc('"', to);
}

static char type_of(unsigned int flags)
{
	if (flags & FIEMAP_EXTENT_DELALLOC)
		return 'D';
	return flags & FIEMAP_EXTENT_UNWRITTEN ? 'U' : 'W';
}

/* The extents, adjacent ones of one type merged. */
static void put_extents(FILE *to)
{
	enum { ROOM = 512 };
	static union { struct fiemap map; char space[sizeof(struct fiemap) + ROOM * sizeof(struct fiemap_extent)]; } u;
	unsigned long long start = 0, end = 0;
	const char *comma = "";
	int goes_on = 0;

	memset(&u, 0, sizeof(u));
	u.map.fm_length = FIEMAP_MAX_OFFSET;
	u.map.fm_extent_count = ROOM;
	must(ioctl(fd, FS_IOC_FIEMAP, &u.map) == 0, "FIEMAP");
	fprintf(to, ",\"ext\":[");
	for (unsigned int i = 0; i < u.map.fm_mapped_extents; i++) {
		const struct fiemap_extent *extent = &u.map.fm_extents[i];
		char type = type_of(extent->fe_flags);

		start = goes_on ? start : extent->fe_logical;
		end = extent->fe_logical + extent->fe_length;
		goes_on = i + 1 < u.map.fm_mapped_extents && extent[1].fe_logical == end &&
			type_of(extent[1].fe_flags) == type;
		if (goes_on)
			continue;
		fprintf(to, "%s[%llu,%llu,\"%c\"]", comma, start, end - start, type);
		comma = ",";
	}
	fputc(']', to);
}

/* Not before it is gone: fresh folios wait in per-CPU lists for a moment. */
static void drop_page(off_t page)
{
	for (int attempt = 0; attempt < 300; attempt++) {
		posix_fadvise(fd, page, PAGE, POSIX_FADV_DONTNEED);
		if (cached_pages(page, page + PAGE) == 0)
			return;
		usleep(1000);
	}
}

/*
 * Whole pages, also at EOF, where asking for less could leave blocks that are not uptodate; what was not cached is not
 * cached afterwards.
 */
static void read_contents(long size)
{
	for (off_t page = 0; page < size; page += PAGE) {
		long length = size - page < PAGE ? size - page : PAGE;
		int absent = cached_pages(page, page + PAGE) == 0;

		/* not RWF_DONTCACHE: its mark may stay on the folio and drop it after a later writeback */
		must(pread(fd, contents + page, PAGE, page) == length, "read back");
		/* without cachestat a page may be cached and not uptodate, on small blocks: leave it */
		if (absent && (has_cachestat || (int)BLOCK == PAGE))
			drop_page(page);
	}
}

static int value_at(long at)
{
	return masked[at] ? -1 : contents[at];
}

static void put_contents(FILE *to, long size)
{
	unsigned int crc = ~0u;

	for (long at = 0; at < size; at++) {
		crc ^= masked[at] ? 0 : contents[at];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	}
	fprintf(to, ",\"crc\":\"%08x\",\"rle\":[", size ? ~crc : 0);
	for (long at = 0, end; at < size; at = end) {
		for (end = at; end < size && value_at(end) == value_at(at); end++)
			;
		fprintf(to, "%s[%ld,%d]", at ? "," : "", end - at, value_at(at));
	}
	fputc(']', to);
}
