package drawer

// RepairKind says what opening a drawer mended or noticed.
type RepairKind uint8

const (
	// SlotMended: one of the two copies of the state could not be read, or was of
	// another time, and was written again from the other. Nothing was lost.
	SlotMended RepairKind = iota + 1
	// OlderStateUsed: the newest state does not fit the pages, but the log makes
	// the one before it whole. Nothing was lost.
	OlderStateUsed
	// LogEndedEarly: a record of the log could not be read although later ones
	// can, as after a power cut in the middle of a transaction. That transaction
	// had not been acknowledged.
	LogEndedEarly
	// Salvaged: OpenAtCheckpoint gave up what could not be read of the log. Some
	// of what was written since the last checkpoint is lost.
	Salvaged
)

var repairTexts = [...]string{
	SlotMended:     "one copy of the state was damaged and has been mended",
	OlderStateUsed: "an unfinished change was completed from the log",
	LogEndedEarly:  "the log ended in an unfinished transaction",
	Salvaged:       "opened without what could not be read of the log",
}

// A Repair is one thing that opening a drawer mended or noticed. It says nothing
// about what the drawer holds.
type Repair struct{ Kind RepairKind }

func (r Repair) String() string {
	if int(r.Kind) < len(repairTexts) && repairTexts[r.Kind] != "" {
		return repairTexts[r.Kind]
	}
	return "an unknown repair"
}
