/* All of it, or the program ends. */
static void write_data(int id, off_t from, off_t to)
{
	char *data = buffer(to - from);

	memset(data, id, bytes(to - from));
	must(pwrite(fd, data, bytes(to - from), from) == to - from, "pwrite");
	free(data);
}
