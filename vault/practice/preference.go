package practice

import "context"

// What the office remembers of how somebody likes to work. It lies in the practice
// drawer: the names of own templates say something about the work.
const (
	hintsName    = "wording-hints"
	templateName = "default-template"
)

// Hints reports whether gentler words are proposed while a note is written. They are
// not until somebody switches them on.
func (p *Practice) Hints(ctx context.Context) (bool, error) {
	value, err := p.setting(ctx, hintsName)
	return value == "on", err
}

// SetHints switches the proposals on or off.
func (p *Practice) SetHints(ctx context.Context, on bool) error {
	value := "on"
	if !on {
		value = "off"
	}
	return p.set(ctx, hintsName, value)
}

// DefaultTemplate returns the template that was chosen for new notes. ErrNotFound if none
// was, or if that one is there no longer: what a note begins with then goes by who it is
// for.
func (p *Practice) DefaultTemplate(ctx context.Context) (Template, error) {
	name, err := p.setting(ctx, templateName)
	if err != nil {
		return Template{}, err
	}
	return p.template(ctx, name)
}

// SetDefaultTemplate chooses it by name; "" chooses none. ErrNotFound if there is no
// such template.
func (p *Practice) SetDefaultTemplate(ctx context.Context, name string) error {
	if name != "" {
		if _, err := p.template(ctx, name); err != nil {
			return err
		}
	}
	return p.set(ctx, templateName, name)
}

func (p *Practice) template(ctx context.Context, name string) (Template, error) {
	all, err := p.Templates.All(ctx)
	if err != nil {
		return Template{}, err
	}
	for _, one := range all {
		if one.Name == name {
			return one, nil
		}
	}
	return Template{}, ErrNotFound
}
