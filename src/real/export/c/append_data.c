/* All of it where the file ends, or the program ends. */
static void append_data(int id, off_t length)
{
	char *data = buffer(length);
	int flags = fcntl(fd, F_GETFL);

	memset(data, id, bytes(length));
	must(fcntl(fd, F_SETFL, flags | O_APPEND) == 0, "fcntl");
	must(write(fd, data, bytes(length)) == length, "append");
	must(fcntl(fd, F_SETFL, flags) == 0, "fcntl");
	free(data);
}
