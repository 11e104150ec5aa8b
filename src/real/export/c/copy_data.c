/* What of [from, to) lies below EOF goes to target; without reflink the page cache is read and written. */
static void copy_data(off_t from, off_t to, off_t target)
{
	must(copy_file_range(fd, &from, fd, &target, bytes(to - from), 0) >= 0, "copy_file_range");
}
