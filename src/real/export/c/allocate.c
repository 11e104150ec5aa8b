/* Preallocates, zeroes or punches, as mode says. */
static void allocate(int mode, off_t from, off_t to)
{
	must(fallocate(fd, mode, from, to - from) == 0, "fallocate");
}
