/*
** The VFS "ebb": it stands between SQLite and two files, and lets nothing that
** SQLite writes reach a disk except through the Go functions ebbRead, ebbWrite,
** ebbTruncate, ebbSync and ebbSize, which seal and open pages and log frames and
** keep the ordering rules.
**
** The platform's own VFS is used for one thing alone: the locks on the main
** file. Nothing is read or written through it.
**
** What is not here cannot happen: any file other than a drawer's main file and
** its log (a journal, a temporary file, an attached database) is refused.
*/
#include "vfs.h"
#include "sqlite_abi.h"
#include "_cgo_export.h"
#include <string.h>

typedef struct EbbFile EbbFile;
struct EbbFile {
  sqlite3_file base;  /* first: SQLite knows us by this */
  int handle;         /* which drawer, an index on the Go side */
  int isLog;          /* 1 for the log, 0 for the main file */
  int locked;         /* 1 once the lock is held and the drawer was verified */
  int trusted;        /* 1 while the drawer itself, not a caller, speaks SQL */
  sqlite3_file *lock; /* the platform's file, main file only */
};

static sqlite3_vfs *platform; /* SQLite's default VFS */
static sqlite3_vfs ebbVfs;

#define ALIGN8(n) (((n) + 7) & ~7)

/* ---- one file -------------------------------------------------------- */

static int fileClose(sqlite3_file *file) {
  EbbFile *f = (EbbFile *)file;
  if (f->lock == 0) return SQLITE_OK;
  return f->lock->pMethods->xClose(f->lock);
}

static int fileRead(sqlite3_file *file, void *buf, int n, sqlite3_int64 off) {
  EbbFile *f = (EbbFile *)file;
  return ebbRead(f->handle, f->isLog, buf, n, off);
}

static int fileWrite(sqlite3_file *file, const void *buf, int n, sqlite3_int64 off) {
  EbbFile *f = (EbbFile *)file;
  return ebbWrite(f->handle, f->isLog, (void *)buf, n, off);
}

static int fileTruncate(sqlite3_file *file, sqlite3_int64 size) {
  EbbFile *f = (EbbFile *)file;
  return ebbTruncate(f->handle, f->isLog, size);
}

static int fileSync(sqlite3_file *file, int flags) {
  EbbFile *f = (EbbFile *)file;
  (void)flags; /* always a full one */
  return ebbSync(f->handle, f->isLog);
}

static int fileSize(sqlite3_file *file, sqlite3_int64 *size) {
  EbbFile *f = (EbbFile *)file;
  *size = ebbSize(f->handle, f->isLog);
  return SQLITE_OK;
}

/* The first lock that SQLite asks for takes the strongest one, and it stays until
** the file is closed: nothing of a drawer is looked at before nobody else can
** change it. What the Go side finds then decides whether there is a database. */
static int fileLock(sqlite3_file *file, int level) {
  EbbFile *f = (EbbFile *)file;
  (void)level;
  if (f->lock == 0 || f->locked) return SQLITE_OK;
  int rc = f->lock->pMethods->xLock(f->lock, SQLITE_LOCK_SHARED);
  if (rc == SQLITE_OK) rc = f->lock->pMethods->xLock(f->lock, SQLITE_LOCK_EXCLUSIVE);
  if (rc == SQLITE_OK) rc = ebbLocked(f->handle);
  if (rc == SQLITE_OK) {
    f->locked = 1;
  } else {
    f->lock->pMethods->xUnlock(f->lock, SQLITE_LOCK_NONE);
  }
  return rc;
}

static int fileUnlock(sqlite3_file *file, int level) {
  (void)file, (void)level;
  return SQLITE_OK;
}

static int fileCheckReservedLock(sqlite3_file *file, int *held) {
  (void)file;
  *held = 0;
  return SQLITE_OK;
}

static int fileControl(sqlite3_file *file, int op, void *arg) {
  EbbFile *f = (EbbFile *)file;
  switch (op) {
    case EBB_FCNTL_TRUST:
      f->trusted = *(int *)arg;
      return SQLITE_OK;
    case SQLITE_FCNTL_PERSIST_WAL: /* the log is never deleted */
      *(int *)arg = 1;
      return SQLITE_OK;
    case SQLITE_FCNTL_LOCKSTATE:
    case SQLITE_FCNTL_LAST_ERRNO:
    case SQLITE_FCNTL_WIN32_AV_RETRY:
    case SQLITE_FCNTL_HAS_MOVED:
    case SQLITE_FCNTL_LOCK_TIMEOUT:
      if (f->lock) return f->lock->pMethods->xFileControl(f->lock, op, arg);
  }
  /* Everything else, above all hints about sizes and memory maps, would let
  ** the platform touch the file behind our back. */
  return SQLITE_NOTFOUND;
}

/* Where a device does not promise that a write leaves its neighbours in the same
** sector alone, SQLite repeats the last frame of a commit up to the end of the
** sector. Frames lie further apart on disk than SQLite knows, so the true sector
** size would at times let it repeat none. The size of a frame on disk works: it
** and the 4120 bytes that SQLite counts for a frame are multiples of five, the 32
** bytes of the header before them are not, so that no commit ever ends where a
** "sector" does, and at least one whole frame follows each. */
static int fileSectorSize(sqlite3_file *file) {
  EbbFile *f = (EbbFile *)file;
  return f->isLog ? 4160 : 4096;
}

/* Only promises that survive sealing are passed on: a write of ours is never
** atomic, and a page cannot be read in part. */
static int fileDeviceCharacteristics(sqlite3_file *file) {
  EbbFile *f = (EbbFile *)file;
  if (f->lock == 0) return 0;
  return f->lock->pMethods->xDeviceCharacteristics(f->lock) &
         (SQLITE_IOCAP_POWERSAFE_OVERWRITE | SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN);
}

static const sqlite3_io_methods ebbMethods = {
    1,           fileClose, fileRead,   fileWrite,  fileTruncate,
    fileSync,    fileSize,  fileLock,   fileUnlock, fileCheckReservedLock,
    fileControl, fileSectorSize, fileDeviceCharacteristics,
};

/* ---- the VFS --------------------------------------------------------- */

/* ours returns the main file that belongs to a name which SQLite's pager made,
** or 0 if that file is not one of this VFS. */
static EbbFile *ours(const char *name) {
  EbbFile *f = (EbbFile *)sqlite3_database_file_object(name);
  return f && f->base.pMethods == &ebbMethods ? f : 0;
}

static int vfsOpen(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *outFlags) {
  EbbFile *f = (EbbFile *)file;
  (void)vfs;
  memset(f, 0, sizeof *f); /* pMethods stays 0 unless all goes well */
  if (name == 0) return SQLITE_CANTOPEN;
  if (flags & SQLITE_OPEN_MAIN_DB) {
    f->handle = (int)sqlite3_uri_int64(name, "drawer", -1);
    if (!ebbKnown(f->handle)) return SQLITE_CANTOPEN;
    f->trusted = 1; /* until the Go side has set the connection up */
    f->lock = (sqlite3_file *)((char *)f + ALIGN8(sizeof *f));
    memset(f->lock, 0, platform->szOsFile);
    int rc = platform->xOpen(platform, name, f->lock, flags, outFlags);
    if (rc != SQLITE_OK) return rc;
  } else if (flags & SQLITE_OPEN_WAL) {
    EbbFile *db = ours(name);
    if (db == 0) return SQLITE_CANTOPEN;
    f->handle = db->handle;
    f->isLog = 1;
    if (outFlags) *outFlags = flags;
  } else {
    return SQLITE_CANTOPEN;
  }
  f->base.pMethods = &ebbMethods;
  return SQLITE_OK;
}

/* Nothing of a drawer is ever deleted by SQLite. */
static int vfsDelete(sqlite3_vfs *vfs, const char *name, int syncDir) {
  (void)vfs, (void)name, (void)syncDir;
  return SQLITE_IOERR_DELETE;
}

static int endsWith(const char *s, const char *end) {
  size_t n = strlen(s), m = strlen(end);
  return n >= m && strcmp(s + n - m, end) == 0;
}

/* A log exists for SQLite when the drawer has one to recover from. A rollback
** journal never exists, so that one that somebody planted is never replayed. */
static int vfsAccess(sqlite3_vfs *vfs, const char *name, int flags, int *result) {
  (void)vfs, (void)flags;
  *result = 0;
  if (endsWith(name, "-wal")) {
    EbbFile *db = ours(name);
    if (db) *result = ebbSize(db->handle, 1) > 0;
  }
  return SQLITE_OK;
}

static int vfsFullPathname(sqlite3_vfs *vfs, const char *name, int n, char *out) {
  (void)vfs;
  return platform->xFullPathname(platform, name, n, out);
}

static int vfsRandomness(sqlite3_vfs *vfs, int n, char *out) {
  (void)vfs;
  return platform->xRandomness(platform, n, out);
}

static int vfsSleep(sqlite3_vfs *vfs, int microseconds) {
  (void)vfs;
  return platform->xSleep(platform, microseconds);
}

static int vfsCurrentTime(sqlite3_vfs *vfs, double *day) {
  (void)vfs;
  return platform->xCurrentTime(platform, day);
}

static int vfsGetLastError(sqlite3_vfs *vfs, int n, char *out) {
  (void)vfs;
  return platform->xGetLastError ? platform->xGetLastError(platform, n, out) : 0;
}

static int vfsCurrentTimeInt64(sqlite3_vfs *vfs, sqlite3_int64 *ms) {
  (void)vfs;
  return platform->xCurrentTimeInt64(platform, ms);
}

/* ---- the authorizer -------------------------------------------------- */

/* authorize is asked about every step of every statement that is prepared. A
** caller's SQL may read and write its tables; what reaches outside the drawer or
** changes how it is kept is refused. Of the pragmas, FTS5 asks for data_version
** while it works and ALTER TABLE for quick_check; both only look. */
static int authorize(void *arg, int action, const char *a, const char *b, const char *c, const char *d) {
  (void)c, (void)d;
  switch (action) {
    case SQLITE_ATTACH: /* VACUUM and VACUUM INTO attach too */
    case SQLITE_DETACH:
      break;
    case SQLITE_PRAGMA:
      if (a && (sqlite3_stricmp(a, "data_version") == 0 || sqlite3_stricmp(a, "quick_check") == 0)) return SQLITE_OK;
      break;
    case SQLITE_FUNCTION:
      if (b && sqlite3_stricmp(b, "load_extension") == 0) break;
      return SQLITE_OK;
    default:
      return SQLITE_OK;
  }
  return ((EbbFile *)arg)->trusted ? SQLITE_OK : SQLITE_DENY;
}

/* SQLite calls connected for every new connection of the process; those to other
** databases are left alone. */
static int connected(sqlite3 *db, char **message, const void *api) {
  sqlite3_file *f = 0;
  (void)message, (void)api;
  sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &f);
  if (f == 0 || f->pMethods != &ebbMethods) return SQLITE_OK;
  return sqlite3_set_authorizer(db, authorize, f);
}

int ebb_register(void) {
  platform = sqlite3_vfs_find(0);
  if (platform == 0 || platform->iVersion < 2) return SQLITE_ERROR;
  ebbVfs.iVersion = 2;
  ebbVfs.szOsFile = ALIGN8(sizeof(EbbFile)) + platform->szOsFile;
  ebbVfs.mxPathname = platform->mxPathname;
  ebbVfs.zName = "ebb";
  ebbVfs.xOpen = vfsOpen;
  ebbVfs.xDelete = vfsDelete;
  ebbVfs.xAccess = vfsAccess;
  ebbVfs.xFullPathname = vfsFullPathname;
  ebbVfs.xRandomness = vfsRandomness;
  ebbVfs.xSleep = vfsSleep;
  ebbVfs.xCurrentTime = vfsCurrentTime;
  ebbVfs.xGetLastError = vfsGetLastError;
  ebbVfs.xCurrentTimeInt64 = vfsCurrentTimeInt64;
  int rc = sqlite3_auto_extension((void (*)(void))connected);
  return rc != SQLITE_OK ? rc : sqlite3_vfs_register(&ebbVfs, 0);
}
