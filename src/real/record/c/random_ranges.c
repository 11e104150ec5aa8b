/* ---- Random ranges ----------------------------------------------------------------------------------------------- */

/* It looks at the size of the file, so a kernel that does something else may get another program. */

static unsigned long long seed, random_state;

/* splitmix64 */
static long below(long limit)
{
	unsigned long long z = (random_state += 0x9e3779b97f4a7c15ull);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return (long)((z ^ (z >> 31)) % (unsigned long)limit);
}

/* Pages, blocks, and anything. */
static long some_offset(long limit)
{
	static const long units[] = { PAGE, 1024, GRAIN, GRAIN };
	long unit = units[below(4)];

	return limit <= unit ? 0 : below(limit / unit) * unit;
}

struct range { long off, len; };

/* Inside one page. */
static struct range range_in_page(void)
{
	long page = below(PAGES) * PAGE, from = some_offset(PAGE), length = PAGE - from;

	if (below(3) == 0)
		length = 1 + some_offset(length);
	return (struct range){ page + from, min(length, PAGE - from) };
}

static struct range range_up_to(long longest)
{
	long from = some_offset(MAX), to = from + GRAIN + some_offset(longest);

	if (below(3) == 0)
		to = (to + PAGE - 1) / PAGE * PAGE;
	else if (below(3) == 0)
		to = (to + 1023) / 1024 * 1024;
	return (struct range){ from, min(to, MAX) - from };
}

static struct range range_of_data(void)
{
	return SMALL ? range_in_page() : range_up_to(3 * PAGE);
}
