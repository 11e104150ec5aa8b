/**
 * The operations that need no stop, one C function each. The file stays mapped, as in the process that a store stands
 * for: page_mkwrite comes again only after writeback has write-protected the page. Evicting a page unmaps it first.
 */
export const OPERATIONS = `
/* ---- Operations ---------------------------------------------------------------------------------------------- */
`;

export const MAPPED = `
/* The file mapped shared, each page by itself, so that a fault brings in no neighbour. */
static struct { off_t at; char *page; } mapped[MAX_MAPPED];
static int mappings;

static char *page_of(off_t at)
{
	off_t start = at / PAGE * PAGE;
	char *area;

	for (int i = 0; i < mappings; i++)
		if (mapped[i].at == start)
			return mapped[i].page;
	must(mappings < MAX_MAPPED, "too many pages");
	area = mmap(NULL, 3 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	must(area != MAP_FAILED, "mmap");
	area = mmap(area + PAGE, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, start);
	must(area != MAP_FAILED && madvise(area, PAGE, MADV_RANDOM) == 0, "mmap");
	mapped[mappings].at = start;
	mapped[mappings].page = area;
	mappings++;
	return area;
}

/* Takes [from, to) out of the page table; the page cache keeps it. */
static void unmap_pages(off_t from, off_t to)
{
	for (int i = 0; i < mappings; i++)
		if (mapped[i].at < to && mapped[i].at + PAGE > from)
			must(madvise(mapped[i].page, PAGE, MADV_DONTNEED) == 0, "unmap");
}

/* Up to the end of the page or of the range. */
static off_t within_page(off_t at, off_t to)
{
	off_t end = at / PAGE * PAGE + PAGE;

	return (end < to ? end : to) - at;
}
`;

/** For programs that map nothing. */
export const UNMAPPED = `
static void unmap_pages(off_t from, off_t to)
{
	(void)from;
	(void)to;
}
`;

export const LOOK = `
/* ---- Looking at the page cache without changing it ----------------------------------------------------------- */

struct cache_counts { unsigned long long cache, dirty, writeback, evicted, recently; };

/* Since 6.5. */
static int cachestat(off_t from, off_t to, struct cache_counts *count)
{
	unsigned long long range[2] = { from, to - from };

	return syscall(451, fd, range, count, 0);
}

static int is_uptodate(off_t page)
{
	unsigned char in_core = 0;
	void *map = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, page);

	must(map != MAP_FAILED && mincore(map, PAGE, &in_core) == 0, "mincore");
	munmap(map, PAGE);
	return in_core & 1;
}
`;

/** For the stopped writer. */
export const PAGE_STATE = `
/* -1 no cachestat, 0 not cached, 1 cached, 2 cached and uptodate */
static int page_state(off_t page, int *dirty)
{
	struct cache_counts count;

	if (cachestat(page, page + PAGE, &count) != 0)
		return -1;
	*dirty = count.dirty + count.writeback > 0;
	return count.cache == 0 ? 0 : 1 + is_uptodate(page);
}
`;

export const STORE = `
static void store(int id, off_t from, off_t to)
{
	for (off_t at = from; at < to; at += within_page(at, to))
		memset(page_of(at) + at % PAGE, id, within_page(at, to));
}
`;

export const LOAD = `
static void load(off_t from, off_t to)
{
	for (off_t at = from; at < to; at += within_page(at, to))
		(void)*(volatile char *)(page_of(at) + at % PAGE);
}
`;

export const WRITE = `
static void write_data(int id, off_t from, off_t to)
{
	char *data = malloc(to - from);

	must(data != NULL, "malloc");
	memset(data, id, to - from);
	must(pwrite(fd, data, to - from, from) == to - from, "pwrite");
	free(data);
}
`;

export const READ = `
static void read_data(off_t from, off_t to)
{
	char *data = malloc(to - from);

	must(data != NULL, "malloc");
	must(pread(fd, data, to - from, from) >= 0, "pread");
	free(data);
}
`;

export const WRITEBACK = `
/* Written, completed, and the extents converted when this returns. */
static void writeback(off_t from, off_t to)
{
	must(sync_file_range(fd, from, to - from, SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE |
			     SYNC_FILE_RANGE_WAIT_AFTER) == 0, "sync_file_range");
}
`;

export const EVICT = `
/* Pages of [from, to) in the page cache: cachestat counts them all, mincore (before 6.5) those uptodate. */
static long cached_pages(off_t from, off_t to)
{
	struct cache_counts count;
	long pages = 0;

	if (cachestat(from, to, &count) == 0)
		return count.cache;
	for (off_t at = from; at < to; at += PAGE)
		pages += is_uptodate(at);
	return pages;
}

/* Drops the clean pages that hold [from, to), and makes sure that they are gone. */
static void evict(off_t from, off_t to)
{
	from = from / PAGE * PAGE;
	to = (to + PAGE - 1) / PAGE * PAGE;
	if (from == to)
		return;
	unmap_pages(from, to);
	for (int attempt = 0; attempt < 100; attempt++) {
		posix_fadvise(fd, from, to - from, POSIX_FADV_DONTNEED);
		if (cached_pages(from, to) == 0)
			return;
		if (attempt % 20 == 19) {	/* a large folio that reaches over the range stays: drop all clean ones */
			int drop = open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC);

			if (drop >= 0 && write(drop, "1", 1) == 1 && cached_pages(from, to) == 0) {
				close(drop);
				return;
			}
			close(drop);
		}
		usleep(1000);
	}
	die(SETUP, "0x%llx..0x%llx is still cached: dirty, mapped or in use", (long long)from, (long long)to);
}
`;

export const DONTNEED = `
/* The bare advice: whatever stays, stays. */
static void dontneed(off_t from, off_t to)
{
	unmap_pages(from, to);
	must(posix_fadvise(fd, from, to - from, POSIX_FADV_DONTNEED) == 0, "posix_fadvise");
}
`;

export const FILL_SPACE = String.raw`
static int filler = -1;

/*
 * A nameless file takes all free space: fallocate what it can, then delayed allocation block by block, which stops
 * short of ENOSPC, because that would make XFS write back everything dirty, the race's pages too.
 */
static void fill_space(void)
{
	char dir[4096];
	struct statfs fs;
	off_t at = 0;

	snprintf(dir, sizeof(dir), "%s", path);
	*strrchr(dir, '/') = 0;
	filler = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	must(filler >= 0 && ftruncate(filler, (off_t)1 << 40) == 0, "open filler");
	for (off_t length = (off_t)1 << 38; length >= BLOCK;) {
		if (fallocate(filler, FALLOC_FL_KEEP_SIZE, at, length) == 0)
			at += length;
		else
			length /= 2;
	}
	while (fstatfs(filler, &fs) == 0 && fs.f_bavail > 16) {
		if (pwrite(filler, "", 1, at) != 1)
			break;
		at += PAGE;
	}
	printf("  %lld MiB filled, %lld blocks left\n", (long long)at >> 20, (long long)fs.f_bavail);
}
`;

export const ALLOCATE = `
static void allocate(int mode, off_t from, off_t to)
{
	must(fallocate(fd, mode, from, to - from) == 0, "fallocate");
}
`;
