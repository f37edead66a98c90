package drawer

import (
	"errors"
	"os"
	"time"
)

// Even makes drawers look alike from outside: all main files get the size class
// of the largest, all logs that of the largest log, with random filler at their
// ends, and both get the modification time at. A log that is missing is made, of
// filler. It needs no key, and touches no byte that is there.
//
// A log that is there and shorter than the smallest class keeps its size. Perhaps it
// was just being made, and its drawer brings it to its size when it is closed; or it
// was cut, and with it what a commit had acknowledged: with filler in the place of the
// frames, opening the drawer could not tell any more.
//
// paths are those of the main files. None of the drawers may be open.
func Even(paths []string, at time.Time) error {
	mains := make([]int64, len(paths))
	logs := make([]int64, len(paths))
	var mainClass, logClass int64 = smallestClass, smallestClass
	for i, path := range paths {
		var err error
		if mains[i], err = fileSize(path); err != nil {
			return err
		}
		logs[i], err = fileSize(path + logSuffix)
		if err != nil && !errors.Is(err, ErrNotExist) {
			return err
		}
		mainClass, logClass = max(mainClass, sizeClass(mains[i])), max(logClass, sizeClass(logs[i]))
	}
	for i, path := range paths {
		if err := extend(path, &disk{role: mainFile, size: mains[i]}, mainClass, at); err != nil {
			return err
		}
		if err := extend(path+logSuffix, &disk{role: logFile, size: logs[i]}, logClass, at); err != nil {
			return err
		}
	}
	if len(paths) == 0 {
		return nil
	}
	return syncFolder(paths[0])
}

// Placeholder makes two files of random bytes that look like a drawer which holds
// little. Nothing may be at path yet.
func Placeholder(path string) error {
	for _, name := range []string{path, path + logSuffix} {
		file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return diskError(err)
		}
		d := &disk{file: file, filler: newFiller()}
		err = d.grow(smallestClass)
		if err == nil {
			err = d.sync()
		}
		if err = errors.Join(diskError(err), d.close()); err != nil {
			return err
		}
	}
	return syncFolder(path)
}

func fileSize(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, diskError(err)
	}
	return info.Size(), nil
}

// EvenSmall brings both files of a small drawer to their size classes, where a crash
// left one on the way to the next, and sets their modification time. Unlike with Even
// they stay of their own class, and what had its class needs no sync: the time of a
// file is nothing that a power cut must not take back.
func EvenSmall(path string, at time.Time) error {
	for _, role := range []fileRole{mainFile, logFile} {
		name := path
		if role == logFile {
			name += logSuffix
		}
		size, err := fileSize(name)
		if errors.Is(err, ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		d := &disk{role: role, size: size, small: true}
		if d.class(size) == size {
			err = diskError(os.Chtimes(name, at, at))
		} else {
			err = extend(name, d, d.class(size), at)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// extend brings the file of d, which is not open yet, to the size class, if it is
// smaller, and sets its modification time.
func extend(path string, d *disk, class int64, at time.Time) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return diskError(err)
	}
	d.file, d.filler = file, newFiller()
	if d.size < class && (d.role == mainFile || d.size == 0 || d.size >= d.leastClass()) {
		err = d.grow(class)
	}
	// The time comes after the last write and before the sync, which makes both
	// durable.
	if err == nil {
		err = os.Chtimes(path, at, at)
	}
	if err == nil {
		err = d.sync()
	}
	return errors.Join(diskError(err), d.close())
}
