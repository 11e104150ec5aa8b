/* Brings [from, to) into the page cache; the data is not looked at. */
static void read_data(off_t from, off_t to)
{
	char *data = buffer(to - from);

	must(pread(fd, data, bytes(to - from), from) >= 0, "pread");
	free(data);
}
