using System.Text.Json.Nodes;
using Optimove.Portal.Twins.Cheetah.Campaigns;

namespace Optimove.Portal.Twins.Cheetah;

public sealed partial class CheetahAccount
{
    public void AddFolder(long id, string name)
    {
        lock (Gate) Folders.Add(id, name);
        Changed();
    }

    /// <summary>Adds columns to the Data Map; the first one ever is the unique identifier.</summary>
    public void AddMapTo(params string[] names)
    {
        lock (Gate) MapTo.AddRange(names);
        Changed();
    }

    /// <summary>Adds people to the table by their identifiers, as the client's own daily update does; who is there stays.</summary>
    public void AddPeople(IEnumerable<string> identifiers)
    {
        lock (Gate)
            foreach (var identifier in identifiers)
                if (PlaceOf.TryAdd(identifier, People.Count)) People.Add(identifier);
        Changed();
    }

    /// <summary>Saves a campaign in a folder for others to copy, as a person does it.</summary>
    /// <param name="id">The next one where it is not given.</param>
    public long AddTemplate(long folder, string name, string html, string typeId = "REGULAR", string eligibility = "AVAILABLE", long? id = null)
    {
        lock (Gate)
        {
            var template = new EmailCampaign
            {
                Id = id ?? NextCampaignId(), Name = name, FolderId = folder, CreatedAt = Now, Eligibility = eligibility,
                Body = new JsonObject
                {
                    ["campName"] = name, ["custId"] = CustId, ["entityId"] = 100, ["channelTypeId"] = "EMAIL", ["typeId"] = typeId, ["toFilterId"] = 55,
                    ["contBodies"] = new JsonArray(new JsonObject { ["type"] = "HTML", ["usageMask"] = 1, ["body"] = html }),
                    ["emailMsgTemplate"] = new JsonObject { ["subject"] = name, ["fromName"] = "Shop", ["fromAddressId"] = 12, ["toAddressPropId"] = 31 },
                    ["campParam"] = new JsonObject { ["ignoreConfirmationFlag"] = false, ["sendSchedule"] = new JsonObject { ["startTime"] = "2020-01-01T09:00:00", ["timeZone"] = "GMT_Standard_Time" } },
                },
            };
            Campaigns.Add(template);
            Changed();
            return template.Id;
        }
    }

    /// <summary>As a person does it in the account, in whatever state it is. False when there is none.</summary>
    public bool DeleteCampaign(long id)
    {
        lock (Gate)
        {
            if (Campaign(id) is not { } campaign) return false;
            campaign.PausedAt ??= Now;
            campaign.Deleted = true;
        }
        Changed();
        return true;
    }

    /// <summary>Changes a campaign behind the product's back, as a person could.</summary>
    public void Tamper(long id, Action<JsonObject> change)
    {
        lock (Gate) change(Campaign(id)!.Body);
        Changed();
    }

    /// <summary>Whatever tokens were given are no longer good.</summary>
    public void ForgetTokens()
    {
        lock (Gate) Tokens.Forget();
    }

    public int TokensGiven { get { lock (Gate) return Tokens.Given; } }
}
