/* Written, completed, and the extents converted when this returns. */
static void writeback(off_t from, off_t to)
{
	must(sync_file_range(fd, from, to - from, SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE |
			     SYNC_FILE_RANGE_WAIT_AFTER) == 0, "sync_file_range");
}
