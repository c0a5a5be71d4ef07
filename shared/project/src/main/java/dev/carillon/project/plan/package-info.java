/** What a commit would change, in words. */
package dev.carillon.project.plan;
