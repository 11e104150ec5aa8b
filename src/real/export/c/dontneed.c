/* The bare advice: whatever stays, stays. */
static void dontneed(off_t from, off_t to)
{
	unmap_pages(from, to);
	must(posix_fadvise(fd, from, to - from, POSIX_FADV_DONTNEED) == 0, "posix_fadvise");
}
