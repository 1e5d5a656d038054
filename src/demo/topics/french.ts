import { topics } from './topic.ts';

/** In French. */
export const FRENCH = topics({ pace: 'usual', language: 'fr' }, [
  {
    subjects: ['Facture {invoice}', 'Facture de {month}'],
    text: 'notre comptable ne trouve pas la facture {invoice}. Pourriez-vous nous la renvoyer, s’il vous plaît ?',
    answer:
      'la voici. Vous trouvez toutes vos factures sous Réglages, Factures ; votre comptable peut aussi les recevoir directement.',
  },
  {
    subjects: ['Annuler mon abonnement', 'Résiliation fin {month}'],
    text: 'je souhaite annuler mon abonnement à la fin du mois de {month}. Merci de me le confirmer.',
    answer: 'votre abonnement prend fin le dernier jour de {month}. Vos données restent lisibles pendant 90 jours.',
  },
  {
    subjects: ['Demande de remboursement', 'Débit en double'],
    text: 'nous avons été débités deux fois de {amount}. C’est la deuxième fois cette année, c’est inacceptable. Je demande le remboursement.',
    answer:
      'vous avez raison, et je vous présente nos excuses. {amount} vous ont été remboursés aujourd’hui ; comptez trois à cinq jours ouvrés.',
    pace: 'soon',
  },
  {
    subjects: ['Le module ne marche plus', 'Bouton de réservation'],
    text: 'le bouton de réservation ne marche plus sur notre site depuis {weekday}. On clique et rien ne se passe.',
    answer:
      'le bandeau des cookies retenait notre script. J’ai envoyé à votre prestataire la ligne à ajouter ; chez nous, cela fonctionne.',
    ask: [
      'pourriez-vous m’indiquer l’adresse de la page et le navigateur ?',
      'c’est notre page d’accueil, avec {browser}.',
    ],
  },
  {
    subjects: ['Mot de passe oublié', 'Mot de passe'],
    text: 'j’ai oublié mon mot de passe et le message de réinitialisation n’arrive pas. Que faire ?',
    answer: 'le message était parti à l’adresse de {staff}. Je l’ai corrigée, et un nouveau lien vous attend.',
  },
  {
    subjects: ['Est-il possible de fermer le {weekday} ?', 'Fermeture en {month}'],
    text: 'est-il possible de fermer seulement un {weekday} sur deux ? Nous n’avons pas trouvé.',
    answer: 'oui : Réglages, Horaires, « Une semaine sur deux ».',
    pace: 'slow',
  },
]);
