/* ---- Run setup and race, read back, say the verdict ----------------------------------------------------------- */

int main(int argc, char **argv)
{
	struct utsname name;

	if (argc != 2 || !strchr(argv[1], '/')) {
		printf("usage: %s /MOUNTED/XFS/NEWFILE\n", argv[0]);
		return SETUP;
	}
	uname(&name);
	printf("%s on %s, %d-byte blocks\n", NAME, name.release, BLOCK);
	begin(argv[1]);
	setup();
	race();
	check_read("read back", expected, COUNT(expected), 0, EXPECTED_END);
	must(fsync(fd) == 0, "fsync");
	evict(0, lseek(fd, 0, SEEK_END));
	check_read("from disk, after fsync and eviction", expected, COUNT(expected), 0, EXPECTED_END);
	printf("verdict: %s\n", wrong ? "data lost" : "data right");
	fflush(stdout);
	leave(wrong ? LOST : RIGHT);
}
