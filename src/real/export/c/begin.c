/* From here on signals end it, and nothing lasts for ever; the file is new. */
static void begin(const char *new_file)
{
	struct statfs fs;

	signal(SIGALRM, on_alarm);
	signal(SIGINT, on_interrupt);
	signal(SIGTERM, on_interrupt);
	alarm(LIMIT_SECONDS);
	path = new_file;
	must(sysconf(_SC_PAGESIZE) == PAGE, "this needs 4096-byte pages");
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	must(fd >= 0, path);
	must(fstatfs(fd, &fs) == 0, "fstatfs");
	if (fs.f_type != XFS_MAGIC)
		die(SETUP, "%s: this is not on XFS, and other file systems say nothing of it", path);
	if (fs.f_bsize != BLOCK)
		die(SETUP, "the file system has %ld-byte blocks, this race needs %d (mkfs.xfs -b size=%d)",
		    (long)fs.f_bsize, BLOCK, BLOCK);
	posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM);	/* no readahead */
	must(ftruncate(fd, FILE_SIZE) == 0, "ftruncate");
}
