/* ---- A write stopped at its k-th source page -------------------------------------------------------------------- */

/* What is done while the write stands still is part of its operation in the trace. */

struct inner { char kind; long off, len; };	/* s sfr, e evict, m mstore, f fsync */

static void do_inner(const struct inner *inner, int value)
{
	long off = inner->off, len = inner->len;

	switch (inner->kind) {
	case 'f':
		fprintf(ops, ",{\"op\":\"fsync\",\"err\":%d}", fsync(fd) ? errno : 0);
		return;
	case 's':
		fprintf(ops, ",{\"op\":\"sfr\",\"off\":%ld,\"len\":%ld,\"err\":%d", off, len, sync_range(off, len));
		break;
	case 'e':
		evict_range(off, len);
		fprintf(ops, ",{\"op\":\"evict\",\"off\":%ld,\"len\":%ld", off, len);
		break;
	case 'm':
		store_bytes(off, len, value);
		fprintf(ops, ",{\"op\":\"mstore\",\"off\":%ld,\"len\":%ld,\"c\":%d", off, len, value);
		break;
	}
	put_res(ops);
	fputc('}', ops);
}

/*
 * The write's bytes go over those stored at the stop, except in the pages before it where they may have been written
 * already: there either is right.
 */
static void expect_stopped(const struct inner *inner, int inners, long off, long ret, long stop, int value)
{
	long end = off + max(ret, 0);

	for (int i = 0; i < inners; i++)
		if (inner[i].kind == 'm') {
			set_bytes(inner[i].off, inner[i].off + inner[i].len, value + 128);
			memset(stored + inner[i].off, 1, bytes(inner[i].len));
		}
	for (long at = off; at < min(stop, end); at++)
		if (stored[at])
			instead[at] = (unsigned char)(value + 128);
	wrote(off, end, value);
}

static void stopped_write(int i, long off, long len, int k, int fails, const struct inner *inner, int inners)
{
	static struct piece piece[PAGES + 1];
	int pieces = 0, value = value_of(i);
	ssize_t ret;

	for (long at = off, end; at < off + len; at = end) {
		end = min((at / PAGE + 1) * PAGE, off + len);
		piece[pieces++] = (struct piece){ at, end };
	}
	if (fails)
		poison_free_pages();
	writer_begin(value, piece, pieces, pieces, k, 0);
	put_op(i, "wstop", off, len);
	fprintf(ops, ",\"c\":%d,\"k\":%d,\"end\":\"%s\",\"inner\":[", value, k, fails ? "fail" : "ok");
	fprintf(ops, "{\"op\":\"state\",\"size\":%ld", size_now());
	put_res(ops);
	fputc('}', ops);
	for (int n = 0; n < inners; n++)
		do_inner(&inner[n], value + 128);
	if (fails)
		writer_fail();
	else
		writer_finish();
	ret = writer.result.ret;
	fprintf(ops, "],\"stops\":1");
	put_result(ret, writer.result.err);
	expect_stopped(inner, inners, off, ret, piece[k].from, value);
	observe(i, 1, ret < len ? off + max(ret, 0) : -1, off + len);
}
