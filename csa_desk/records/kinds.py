"""Every kind of record there is, by its name in history."""

from csa_desk.records import assessment, cases, consent, directory, justice, plan, register, safety, vault
from csa_desk.records.fields import Record

KINDS: dict[str, type[Record]] = {
    kind.KIND: kind
    for kind in (
        vault.OwnService,
        vault.Practitioner,
        vault.PractitionerKey,
        vault.Slot,
        vault.Replica,
        vault.PackKept,
        vault.HeaderSeen,
        cases.Person,
        cases.SameAs,
        cases.Case,
        cases.Jurisdiction,
        cases.Episode,
        cases.Carer,
        cases.Sibling,
        cases.ContactPoint,
        cases.ParentalResponsibility,
        cases.TeamMember,
        cases.ReferralIn,
        cases.Task,
        safety.SafeContact,
        safety.ProtectiveFact,
        safety.HomeSafety,
        safety.RiskJudgement,
        consent.ConsentDecision,
        consent.SharingDecision,
        justice.Proceeding,
        justice.StageInstance,
        justice.InProceeding,
        justice.ChecklistMark,
        justice.TherapyDate,
        assessment.Answer,
        assessment.SignOff,
        assessment.NeedView,
        plan.Plan,
        plan.Goal,
        plan.Action,
        plan.PlanView,
        plan.OutcomeRating,
        register.Release,
        directory.Agency,
        directory.Service,
        directory.Location,
        directory.Contact,
        directory.AgencyRole,
    )
}
