namespace Optimove.Portal.Tenancy;

/// <summary>Who acts in this scope, and what they may do. A scope that nobody has identified may do nothing.</summary>
public sealed class Actor
{
    /// <summary>The person's user id; null for a job.</summary>
    public int? UserId { get; private set; }
    /// <summary>The person's name, or the job's.</summary>
    public string Name { get; private set; } = "nobody";
    public ActorKind Kind { get; private set; } = ActorKind.Nobody;
    private bool _mayEdit;
    private bool _mayAdministrate;
    private DateTimeOffset? _editUntil;

    public bool IsStaff => Kind == ActorKind.Staff;
    /// <summary>Until when a visiting member of staff may change things; null for people of the client.</summary>
    public DateTimeOffset? EditUntil => _editUntil;

    public void ActAsJob(string name) => (Name, Kind, _mayEdit, _mayAdministrate) = (name, ActorKind.Job, true, true);

    /// <summary>Acts as a program with a credential of the API.</summary>
    public void ActAsCredential(string name, bool mayAdministrate) => (Name, Kind, _mayEdit, _mayAdministrate) = (name, ActorKind.Program, true, mayAdministrate);

    /// <param name="mayEdit">May change campaigns, groups and data.</param>
    /// <param name="mayAdministrate">May change connections, attributes, people and settings.</param>
    public void ActAsPerson(int userId, string name, ActorKind kind, bool mayEdit, bool mayAdministrate, DateTimeOffset? editUntil = null) =>
        (UserId, Name, Kind, _mayEdit, _mayAdministrate, _editUntil) = (userId, name, kind, mayEdit, mayAdministrate, editUntil);

    public bool MayEdit(DateTimeOffset now) => _mayEdit && (_editUntil is null || now < _editUntil);
    public bool MayAdministrate(DateTimeOffset now) => _mayAdministrate && (_editUntil is null || now < _editUntil);

    /// <summary>Refuses people who may only look.</summary>
    public void MustEdit(TimeProvider clock)
    {
        if (!MayEdit(clock.GetUtcNow())) throw new RefusedException(IsStaff
            ? "You are visiting and may only look. Take edit rights in the band above first."
            : "Your account may look but not change things. A client admin can change that.");
    }

    /// <summary>Refuses everyone but client admins, staff with edit rights, and jobs.</summary>
    public void MustAdministrate(TimeProvider clock)
    {
        if (!MayAdministrate(clock.GetUtcNow())) throw new RefusedException(IsStaff
            ? "You are visiting and may only look. Take edit rights in the band above first."
            : "Only a client admin can change this.");
    }
}

public enum ActorKind { Nobody, Client, Staff, Job, Program }
