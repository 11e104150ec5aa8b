/*
 * The file mapped shared, each page by itself, so that a fault brings in no neighbour. It stays mapped, as in the
 * process that a store stands for: page_mkwrite comes again only after writeback has write-protected the page.
 */
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
