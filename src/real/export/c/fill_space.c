/*
 * A nameless file takes all free space: fallocate what it can, then delayed allocation block by block, which stops
 * short of ENOSPC, because that would make XFS write back everything dirty, the race's pages too.
 */
static int filler = -1;

static void fill_space(void)
{
	char dir[4096];
	struct statfs fs;
	off_t at = 0;

	snprintf(dir, sizeof(dir), "%s", path);
	*strrchr(dir, '/') = 0;
	filler = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	must(filler >= 0 && ftruncate(filler, (off_t)1 << 40) == 0, "open filler");
	for (off_t length = (off_t)1 << 38; length >= BLOCK;) {
		if (fallocate(filler, FALLOC_FL_KEEP_SIZE, at, length) == 0)
			at += length;
		else
			length /= 2;
	}
	while (fstatfs(filler, &fs) == 0 && fs.f_bavail > 16) {
		if (pwrite(filler, "", 1, at) != 1)
			break;
		at += PAGE;
	}
	printf("  %lld MiB filled, %lld blocks left\n", (long long)at >> 20, (long long)fs.f_bavail);
}
