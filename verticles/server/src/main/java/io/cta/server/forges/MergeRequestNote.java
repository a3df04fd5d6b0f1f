package io.cta.server.forges;

/**
 * A note to keep on a merge request, as it is stored until the forge has it.
 *
 * @param project path or number of the project that the merge request goes to
 * @param iid its number in the address
 * @param marker the first line, by which the note is found again
 * @param body the whole text, marker included
 * @param tokenRevision the forge's token to send it with
 */
public record MergeRequestNote(
    String project, long iid, String marker, String body, int tokenRevision) {}
