/**
 * Program counters: a label for each step of the kernel paths, in kernel order. The step itself, with its kernel function
 * and the place that it works at, is in the path's file.
 */
export const enum Pc {
  /** Finished, or idle. */
  DONE,
  // buffered-write
  W_IOLOCK,
  W_EOF_LOCK,
  W_EOF_ZEROED,
  W_BEGIN,
  W_BEGIN_NEXT,
  W_COOKIE,
  W_FAULT_IN,
  W_VALIDATE_EARLY,
  W_LOCK,
  W_INIT,
  W_COPY,
  W_WRITE_END,
  W_FAILED,
  W_ITER_END,
  W_ADVANCE,
  W_FLUSHED,
  W_RETURN,
  W_SYNCED,
  // delalloc-punch
  P_BEGIN,
  P_BEGIN_NEXT,
  P_PUNCH,
  P_SCAN,
  P_SCAN_NEXT,
  P_SEEK_HOLE,
  P_PUNCH_REST,
  // truncate_pagecache_range
  T_UNMAP,
  T_FOLIO,
  T_FOLIO_NEXT,
  T_WAIT,
  T_ISIZE_EXTENDED,
  // zero-range
  Z_BEGIN,
  Z_BEGIN_NEXT,
  Z_COOKIE,
  Z_LOCK,
  Z_WRITE,
  Z_FLUSHED,
  Z_CONVERT,
  // page-fault
  S_FAULT,
  S_READ_MAP,
  S_MKWRITE,
  S_MKWRITE_BEGIN,
  S_MKWRITE_NEXT,
  S_STORE,
  L_FAULT,
  L_READ_MAP,
  L_LOAD,
  // read
  R_IOLOCK,
  R_PAGE,
  R_PAGE_NEXT,
  R_READ_MAP,
  R_COPY,
  R_RETURN,
  // writeback
  B_START,
  B_NEXT,
  B_LOCK,
  B_WAIT,
  B_CLEAR_DIRTY,
  B_LOOKUP_FIRST,
  B_LOOKUP,
  B_CONVERT,
  B_DISCARD,
  B_FOLIO_END,
  B_FINISH,
  B_WAIT_RANGE,
  B_RETURN,
  // io-completion
  C_ENDIO,
  C_CONVERT,
  C_SETSIZE,
  C_FINISH,
  // reclaim
  K_RECLAIM,
  E_PAGE,
  // truncate
  TR_LOCK,
  TR_INVALIDATE_LOCK,
  TR_FLUSHED,
  TR_ZEROED,
  TR_ISIZE_SET,
  TR_WRITTEN_FIRST,
  TR_TRUNCATED,
  TR_WRITTEN,
  TR_EXTENTS,
  TR_RETURN,
  // fallocate
  FA_LOCK,
  FA_INVALIDATE_LOCK,
  FA_ALLOC,
  FA_FLUSHED,
  FA_UNMAP,
  FA_ZEROED,
  FA_EOF_FLUSHED,
  FA_EOF_CLEAN,
  FA_SHIFT_TRIM,
  FA_SHIFT_FLUSHED,
  FA_SHIFT,
  // fsync
  FS_START,
  FS_RETURN,
  SF_START,
  SF_RETURN,
  // madvise
  MA_ZAP,
  // close
  CL_RELEASE,
  CL_TRIM,
  CL_OPEN,
  // copy-range
  CO_START,
  // unsupported
  U_RW_FLAGS,
  U_FALLOCATE,
  // system-call: a thread that repeats has done all its operations, or none yet
  LAP,
}

export type LabelName = keyof typeof Pc;
