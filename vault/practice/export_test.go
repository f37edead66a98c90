package practice

import (
	"context"

	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// RecordDrawer hands a test the opened record of a case.
func (p *Practice) RecordDrawer(ctx context.Context, of ID) (*drawer.Drawer, error) {
	return p.openRecord(ctx, of)
}

// CaseloadDrawer hands a test the practice drawer.
func (p *Practice) CaseloadDrawer(ctx context.Context) (*drawer.Drawer, error) {
	return p.session.Caseload(ctx)
}

// ApartDrawer is what the practice drawer knows of a drawer behind the second unlock.
func (p *Practice) ApartDrawer(ctx context.Context, of ID, process bool, member ID) (file string, id drawer.ID, wrapped []byte, err error) {
	role := keys.SafetyRole
	if process {
		role = keys.Process
	}
	d, err := p.drawerOf(ctx, of, role, member)
	return d.File, d.ID, d.key, err
}

// ExportedTables are the names of what an export of a record holds.
func ExportedTables() (names []string) {
	for _, table := range exported {
		names = append(names, table.name)
	}
	return names
}
