package backup

// Parts that tests look at from outside: this package's own importers are needed
// there, to fill vaults.
var (
	Keep     = keep
	PartName = partName
)
