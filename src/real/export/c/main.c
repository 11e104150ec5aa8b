/* ---- Make the file, run setup and race, read back, say the verdict -------------------------------------------- */

static void make_file(void)
{
	struct statfs fs;

	must(sysconf(_SC_PAGESIZE) == PAGE, "this needs 4096-byte pages");
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	must(fd >= 0, path);
	must(fstatfs(fd, &fs) == 0, "fstatfs");
	if (fs.f_bsize != BLOCK)
		die(SETUP, "the file system has %ld-byte blocks, this race needs %d (mkfs.xfs -b size=%d)",
		    (long)fs.f_bsize, BLOCK, BLOCK);
	posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM);	/* no readahead */
	must(ftruncate(fd, FILE_SIZE) == 0, "ftruncate");
}

int main(int argc, char **argv)
{
	struct utsname name;
	long wrong;

	if (argc != 2 || !strchr(argv[1], '/')) {
		printf("usage: %s /MOUNTED/XFS/NEWFILE\n", argv[0]);
		return SETUP;
	}
	path = argv[1];
	uname(&name);
	printf("%s on %s, %d-byte blocks\n", NAME, name.release, BLOCK);
	signal(SIGALRM, on_alarm);
	signal(SIGINT, on_interrupt);
	signal(SIGTERM, on_interrupt);
	alarm(LIMIT_SECONDS);

	make_file();
	setup();
	race();
	wrong = wrong_seen + check_read("read back", expected, COUNT(expected));
	must(fsync(fd) == 0, "fsync");
	evict(0, lseek(fd, 0, SEEK_END));
	wrong += check_read("from disk, after fsync and eviction", expected, COUNT(expected));
	printf("verdict: %s\n", wrong ? "data lost" : "data right");
	fflush(stdout);
	leave(wrong ? LOST : RIGHT);
}
