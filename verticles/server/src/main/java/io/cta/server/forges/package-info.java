/**
 * What forges (GitLab, GitHub, Gitea, Forgejo) want to be told and how: the words of their commit
 * statuses, their requests and what their answers mean. Sends and stores nothing itself.
 */
package io.cta.server.forges;
