/* What the Go side calls in vfs.c. */
#ifndef EBB_VFS_H
#define EBB_VFS_H

/* EBB_FCNTL_TRUST switches the authorizer off (1) or on (0) for a connection.
** SQLite reserves numbers below 100 for itself. */
#define EBB_FCNTL_TRUST 0x45420001

/* Registers the VFS "ebb" and the authorizer. Returns an SQLite result code. */
int ebb_register(void);

#endif
