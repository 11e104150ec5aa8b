/* What a file holds, as runs of equal bytes, and its extents. */

static void say_contents(const char *word)
{
	struct stat info;
	unsigned char *data;
	ssize_t got;

	if (fstat(file, &info))
		die("fstat");
	data = malloc((size_t)info.st_size + 1);
	got = pread(file, data, (size_t)info.st_size, 0);
	say("%s %lld", word, (long long)info.st_size);
	for (ssize_t at = 0, end; at < got; at = end) {
		for (end = at; end < got && data[end] == data[at]; end++)
			;
		say(" %d*%ld", data[at], (long)(end - at));
	}
	say("\n");
	free(data);
}

static void say_extents(const char *word)
{
	enum { MOST = 128 };
	struct fiemap *map = calloc(1, sizeof(*map) + MOST * sizeof(map->fm_extents[0]));

	map->fm_length = ~0ull;
	map->fm_extent_count = MOST;
	if (ioctl(file, FS_IOC_FIEMAP, map))
		die("FIEMAP");
	say("%s", word);
	for (unsigned int i = 0; i < map->fm_mapped_extents; i++) {
		struct fiemap_extent *e = &map->fm_extents[i];

		say(" %llu+%llu%c", (unsigned long long)e->fe_logical, (unsigned long long)e->fe_length,
		    e->fe_flags & FIEMAP_EXTENT_DELALLOC ? 'D' : e->fe_flags & FIEMAP_EXTENT_UNWRITTEN ? 'U' : 'W');
	}
	say("\n");
	free(map);
}
