/*
** The part of SQLite's C interface that vfs.c uses.
**
** SQLite itself comes compiled inside github.com/mattn/go-sqlite3, and cgo has
** no way to see a header that lies in another module, wherever that module's
** source happens to be on a machine. So the few types, functions and numbers we
** need are declared here, after SQLite's public documentation
** (sqlite.org/c3ref). They belong to its stable interface: SQLite promises that
** structures only grow at their end and that numbers keep their meaning. The
** symbols resolve when the program is linked.
*/
#ifndef EBB_SQLITE_ABI_H
#define EBB_SQLITE_ABI_H

typedef long long sqlite3_int64;
typedef struct sqlite3 sqlite3;
typedef struct sqlite3_file sqlite3_file;
typedef struct sqlite3_io_methods sqlite3_io_methods;
typedef struct sqlite3_vfs sqlite3_vfs;
typedef void (*sqlite3_syscall_ptr)(void);

struct sqlite3_file {
  const sqlite3_io_methods *pMethods;
};

/* Version 1: no shared memory, no memory mapping. Both would bypass us. */
struct sqlite3_io_methods {
  int iVersion;
  int (*xClose)(sqlite3_file *);
  int (*xRead)(sqlite3_file *, void *, int, sqlite3_int64);
  int (*xWrite)(sqlite3_file *, const void *, int, sqlite3_int64);
  int (*xTruncate)(sqlite3_file *, sqlite3_int64);
  int (*xSync)(sqlite3_file *, int);
  int (*xFileSize)(sqlite3_file *, sqlite3_int64 *);
  int (*xLock)(sqlite3_file *, int);
  int (*xUnlock)(sqlite3_file *, int);
  int (*xCheckReservedLock)(sqlite3_file *, int *);
  int (*xFileControl)(sqlite3_file *, int, void *);
  int (*xSectorSize)(sqlite3_file *);
  int (*xDeviceCharacteristics)(sqlite3_file *);
};

struct sqlite3_vfs {
  int iVersion;
  int szOsFile;
  int mxPathname;
  sqlite3_vfs *pNext;
  const char *zName;
  void *pAppData;
  int (*xOpen)(sqlite3_vfs *, const char *, sqlite3_file *, int, int *);
  int (*xDelete)(sqlite3_vfs *, const char *, int);
  int (*xAccess)(sqlite3_vfs *, const char *, int, int *);
  int (*xFullPathname)(sqlite3_vfs *, const char *, int, char *);
  void *(*xDlOpen)(sqlite3_vfs *, const char *);
  void (*xDlError)(sqlite3_vfs *, int, char *);
  void (*(*xDlSym)(sqlite3_vfs *, void *, const char *))(void);
  void (*xDlClose)(sqlite3_vfs *, void *);
  int (*xRandomness)(sqlite3_vfs *, int, char *);
  int (*xSleep)(sqlite3_vfs *, int);
  int (*xCurrentTime)(sqlite3_vfs *, double *);
  int (*xGetLastError)(sqlite3_vfs *, int, char *);
  int (*xCurrentTimeInt64)(sqlite3_vfs *, sqlite3_int64 *);
  int (*xSetSystemCall)(sqlite3_vfs *, const char *, sqlite3_syscall_ptr);
  sqlite3_syscall_ptr (*xGetSystemCall)(sqlite3_vfs *, const char *);
  const char *(*xNextSystemCall)(sqlite3_vfs *, const char *);
};

sqlite3_vfs *sqlite3_vfs_find(const char *);
int sqlite3_vfs_register(sqlite3_vfs *, int);
int sqlite3_auto_extension(void (*)(void));
int sqlite3_set_authorizer(
    sqlite3 *,
    int (*)(void *, int, const char *, const char *, const char *, const char *),
    void *);
int sqlite3_file_control(sqlite3 *, const char *, int, void *);
sqlite3_file *sqlite3_database_file_object(const char *);
sqlite3_int64 sqlite3_uri_int64(const char *, const char *, sqlite3_int64);
int sqlite3_stricmp(const char *, const char *);

#define SQLITE_OK 0
#define SQLITE_ERROR 1
#define SQLITE_DENY 1
#define SQLITE_NOTFOUND 12
#define SQLITE_CANTOPEN 14
#define SQLITE_IOERR_DELETE (10 | (10 << 8))

#define SQLITE_OPEN_MAIN_DB 0x00000100
#define SQLITE_OPEN_WAL 0x00080000

#define SQLITE_LOCK_NONE 0
#define SQLITE_LOCK_SHARED 1
#define SQLITE_LOCK_EXCLUSIVE 4

#define SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN 0x00000800
#define SQLITE_IOCAP_POWERSAFE_OVERWRITE 0x00001000

#define SQLITE_FCNTL_LOCKSTATE 1
#define SQLITE_FCNTL_LAST_ERRNO 4
#define SQLITE_FCNTL_FILE_POINTER 7
#define SQLITE_FCNTL_WIN32_AV_RETRY 9
#define SQLITE_FCNTL_PERSIST_WAL 10
#define SQLITE_FCNTL_HAS_MOVED 20
#define SQLITE_FCNTL_LOCK_TIMEOUT 34

#define SQLITE_PRAGMA 19
#define SQLITE_ATTACH 24
#define SQLITE_DETACH 25
#define SQLITE_FUNCTION 31

#endif
