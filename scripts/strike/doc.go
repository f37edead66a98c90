// Package strike is a disk that fails, for the campaigns that let it: once or from
// some call on, with an error of the device, without room, or in the middle of a
// write. It stands on package interpose, so the code under test is the program's own.
//
//	disk := &strike.Disk{Mode: strike.Modes[0], At: 7}
//	ran, after, err := disk.Under(folder, operation, goOn)
//
// With At 0 nothing fails and the disk only counts the calls that could.
package strike
