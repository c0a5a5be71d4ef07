/** What authors do with content: have it checked, save, commit, promote and revert it. */
package dev.carillon.authoring;
