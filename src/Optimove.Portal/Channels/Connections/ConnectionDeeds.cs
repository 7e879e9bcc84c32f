using Optimove.Portal.Channels.Checks;

namespace Optimove.Portal.Channels.Connections;

/// <summary>What can be done to a connection from its page.</summary>
public sealed class ConnectionDeeds(SaveConnection save, RemoveConnection remove, ConfirmCheck confirm, RunCheck check, SyncTemplates synchronise)
{
    public SaveConnection Save => save;
    public RemoveConnection Remove => remove;
    public ConfirmCheck Confirm => confirm;
    public RunCheck Check => check;
    public SyncTemplates Synchronise => synchronise;
}
